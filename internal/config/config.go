// Package config reads kept.yaml: whose records these are, in which languages
// and zone, and the few tolerances that are not records.
package config

import (
	"time"

	"kept/internal/locale"
)

// Config is kept.yaml. Every field has a default, so that a repository without
// the file still works.
type Config struct {
	Organisation locale.Text
	System       locale.Text   // 信息技术服务管理体系
	Document     string        // number of the governing procedure, SD-02004
	Languages    []locale.Lang // the first is the default
	Zone         *time.Location
	Branch       string // protected branch
	// RepositoryURL is the forge's address of the repository, "" for none.
	RepositoryURL string
	// LagTolerance is the tolerance of K23 and FutureTolerance that of
	// future-dated steps live in KPI records; here is what check uses.
	FutureTolerance time.Duration
	Sample          bool // records are a sample: every page and print says 示例
}
