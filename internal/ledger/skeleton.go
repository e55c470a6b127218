package ledger

import (
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// Skeleton is a mapping to begin with: each field of a kind under its own title.
func Skeleton(k *schema.Kind) []byte {
	var columns []any
	for _, f := range k.Fields {
		if f.Type == schema.ObjectField || f.Name == "id" || f.Name == "schema" {
			continue
		}
		to := f.Name
		if to == "status" {
			to = StatusTarget
		}
		columns = append(columns, map[string]any{"to": to, "headings": []any{f.Title.ZH}})
	}
	return yamldoc.Write(map[string]any{"columns": columns}, []string{"columns", "columns.to", "columns.headings"})
}
