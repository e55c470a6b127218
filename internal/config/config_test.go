package config_test

import (
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"kept/internal/config"
	"kept/internal/locale"
)

func load(t *testing.T, text string) (config.Config, []string) {
	t.Helper()
	c, found, err := config.Load(fstest.MapFS{config.File: {Data: []byte(text)}})
	if err != nil {
		t.Fatal(err)
	}
	var places []string
	for _, f := range found {
		places = append(places, f.Position.String()+" "+f.Key)
	}
	return c, places
}

func TestLoad(t *testing.T) {
	c, found := load(t, `organisation: {zh-CN: 示例公司, en: Sample Co.}
system: 信息技术服务管理体系
languages: [en, zh-CN, en]
time_zone: Asia/Shanghai
branch: trunk
future_tolerance: 90s
sample: true
`)
	if len(found) > 0 {
		t.Fatalf("findings: %v", found)
	}
	switch {
	case c.Organisation != locale.Text{ZH: "示例公司", EN: "Sample Co."}:
		t.Errorf("organisation %+v", c.Organisation)
	case c.System != locale.Plain("信息技术服务管理体系"):
		t.Errorf("system %+v", c.System)
	case !slices.Equal(c.Languages, []locale.Lang{locale.English, locale.Chinese}):
		t.Errorf("languages %v", c.Languages)
	case c.Branch != "trunk" || !c.Sample || c.FutureTolerance != 90*time.Second:
		t.Errorf("config %+v", c)
	}
	if _, offset := time.Date(2026, 1, 1, 0, 0, 0, 0, c.Zone).Zone(); offset != 8*60*60 {
		t.Errorf("zone is %d s off UTC", offset)
	}
}

func TestFindingsNameTheLine(t *testing.T) {
	c, found := load(t, "organization: x\nlanguages: [de]\ntime_zone: Asia/Shanghia\nfuture_tolerance: -5m\n")
	want := []string{
		"kept.yaml:1:1 config.unknown-key", "kept.yaml:2:12 config.language", "kept.yaml:3:12 config.zone", "kept.yaml:4:19 config.duration",
	}
	if !slices.Equal(found, want) {
		t.Errorf("findings %q, want %q", found, want)
	}
	if !slices.Equal(c.Languages, []locale.Lang{locale.Chinese}) || c.FutureTolerance != 5*time.Minute {
		t.Errorf("defaults do not stand in: %+v", c)
	}
}

func TestNoFileIsTheDefault(t *testing.T) {
	c, found, err := config.Load(fstest.MapFS{})
	if err != nil || len(found) > 0 || c.Branch != "main" || c.Zone == nil {
		t.Errorf("without kept.yaml: %+v, %v, %v", c, found, err)
	}
}
