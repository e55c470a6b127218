package redact

// The characters and words by which personal data are recognised. They are what is
// looked for, not what is said to a reader.

// form is a form of address behind a name. Of a post (经理, 主任) only the surname
// before it counts, and only where a word may begin: 流程经理 is nobody.
type form struct {
	word string
	post bool
}

func forms() []form {
	return []form{
		{"先生", false},
		{"女士", false},
		{"小姐", false},
		{"太太", false},
		{"经理", true},
		{"主任", true},
		{"主管", true},
		{"总监", true},
		{"工程师", true},
		{"老师", true},
		{"处长", true},
		{"科长", true},
		{"部长", true},
	}
}

// endsForm tells whether r is the last character of a form of address.
func endsForm(r rune) bool {
	switch r {
	case '生', '士', '姐', '太', '理', '任', '管', '监', '师', '长':
		return true
	}
	return false
}

// beginsForm tells whether r is the first character of a form of address.
func beginsForm(r rune) bool {
	switch r {
	case '先', '女', '小', '太', '经', '主', '总', '工', '老', '处', '科', '部':
		return true
	}
	return false
}

// surnames are the most common ones; rare ones that are also ordinary words
// (项, 关, 区) are left out.
const surnames = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟颜倪严牛温芦季俞章鲁葛伍韦毕聂焦向柳邢岳梅莫祝耿涂詹祁裴尤佘冉翁宫辛甄骆"

// openings are characters behind which a name begins, though no space does.
const openings = "由与和及请找叫让给向对的是被问见称告跟人位户系部司门处科室组队店厂院校"

// particles do not stand in a given name.
const particles = "的位名等和与及或是在有了为个某"

// provinces are the first characters of plates.
const provinces = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"

// plateTails are the last characters of plates of certain vehicles.
const plateTails = "挂学警港澳"

// beforeIDs may stand between a mention of WeChat and the id.
const beforeIDs = " 号:是为(IiDd="

// partOfAWord tells of surnames that are the end of common words: 由于, 任何, 对方.
func (s *scanner) partOfAWord(i int) bool {
	pair := string([]rune{s.rune(i - 1), s.rune(i)})
	switch pair {
	case "由于", "对于", "关于", "任何", "如何", "对方", "双方", "我方", "一方", "官方", "三方", "多方", "各方", "甲方", "乙方", "户方", "责任", "主任", "流程", "工程", "过程", "非常", "正常":
		return true
	}
	return false
}
