package locale

// Name is the language in its own words, which need no translation.
func (l Lang) Name() string {
	if l == English {
		return "English"
	}
	return "中文"
}

// ParseFlag reads yes or no as people of either language write it.
func ParseFlag(s string) (value, ok bool) {
	switch s {
	case "true", "yes", "是":
		return true, true
	case "false", "no", "否":
		return false, true
	}
	return false, false
}
