package hclschema

import (
	"regexp"
	"strings"
)

// Options of foreign data are passed on to programs that this one doesn't know, passwords among them. None of these has a place
// in models, which are kept with the code.

var secretName = regexp.MustCompile(`(?i)(pass(word|wd|phrase|code)?|pwd|secret|token|credentials?|api_?key|access_?key|private_?key)$`)

// IsSecretOption says that the option of a wrapper, a server or a foreign table seems to hold a secret, by its name.
func IsSecretOption(name string) bool { return secretName.MatchString(name) }

// MappingOptions are the options of a user mapping that hold no secret. Any other one is taken to do so: secrets are what user
// mappings are for.
func MappingOptions() []string {
	return []string{"user", "username", "password_required", "use_scram_passthrough", "sslcert", "sslkey"}
}

func foreignOptions() NameReference {
	return NameReference{Name: "options", Text: `What the foreign data wrapper is told: { host = "10.0.0.5" }. Secrets have no place here.`, Both: true, Open: true}
}

// foreignOptions reads options, and refuses secrets.
func (l *loading) foreignOptions(b *Block, o *Object) {
	l.settings(b, "options", o, PropOptions)
	options, _ := o.Properties[PropOptions].(Record)
	for _, name := range options.Names() {
		secret := IsSecretOption(name)
		if o.Identity.Kind == KindUserMapping {
			secret = true
			for _, known := range MappingOptions() {
				secret = secret && name != known
			}
		}
		if secret {
			l.fail(failure(b.Range, "Secret in a model", "The option %q may hold a secret, which would stand in models, plans and revisions for all to read. Take it out and set it by hand: ALTER %s … OPTIONS (ADD %s '…').",
				name, upperASCII(strings.ReplaceAll(o.Identity.Kind, "_", " ")), name))
		}
	}
}
