package check

// ChangeRules lists the rules that judge nothing but a proposed change.
func ChangeRules() []Rule { return nil }
