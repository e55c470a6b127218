package redact

// ContactEntry is a customer's person as the contacts file knows them. It is never in
// git, in a build or in a message.
type ContactEntry struct{ Name, Phone, Email string }

// Contacts are those of the contacts file by their reference.
type Contacts map[string]ContactEntry
