package intake

import (
	"encoding/json"
	"path"

	"kept/internal/record"
	"kept/internal/schema"
)

// editorPlans are the editor's settings: for each kind the schema that its records
// are checked by, and the extension that does it.
func editorPlans(kinds *schema.Registry) ([]Plan, error) {
	byFile := map[string]string{}
	for k := range kinds.All() {
		byFile["./"+path.Join(schema.Folder, k.ID+".schema.json")] = "/" + path.Join(record.Folder, k.ID) + "/**/*.yaml"
	}
	settings := struct {
		Schemas  map[string]string `json:"yaml.schemas"`
		Tags     []string          `json:"yaml.customTags"`
		Format   bool              `json:"yaml.format.enable"` // kept fmt does it
		Store    bool              `json:"yaml.schemaStore.enable"`
		Encoding string            `json:"files.encoding"`
		EOL      string            `json:"files.eol"`
		Spaces   bool              `json:"editor.insertSpaces"`
		Width    int               `json:"editor.tabSize"`
	}{byFile, []string{}, false, false, "utf8", "\n", true, 2}
	extensions := struct {
		Recommended []string `json:"recommendations"`
	}{[]string{"redhat.vscode-yaml"}}
	var plans []Plan
	for _, f := range []struct {
		name  string
		value any
	}{{".vscode/settings.json", settings}, {".vscode/extensions.json", extensions}} {
		data, err := json.MarshalIndent(f.value, "", "  ")
		if err != nil {
			return nil, err
		}
		plans = append(plans, Plan{Path: f.name, After: append(data, '\n')})
	}
	return plans, nil
}
