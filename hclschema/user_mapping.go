package hclschema

// userMappingKind is user_mapping { user = "app", server = server.files }.
type userMappingKind struct{}

// Reference implements Kind.
func (userMappingKind) Reference() KindReference {
	return KindReference{
		Name: KindUserMapping, Text: "How a role signs in at a foreign server, but for its password: secrets have no place in models. It has no name.", Unlabelled: true,
		Names: []NameReference{
			dependsOnAttribute(),
			{Name: "user", Text: `The role: "app", or PUBLIC for all that have no mapping of their own.`},
			{Name: "server", Text: "The server: server.files."},
			foreignOptions(),
		},
	}
}

// UserMappingName is the name in the identity of a user mapping; the role is empty for PUBLIC.
func UserMappingName(role, server string) string {
	if role == "" {
		role = "PUBLIC"
	}
	return role + " on " + server
}

func (userMappingKind) read(l *loading, b *Block, _ *relation) {
	if _, ok := l.name(b); !ok {
		return
	}
	o := l.object(b, Identity{Kind: KindUserMapping})
	l.require(b, "user", "user = PUBLIC")
	l.require(b, "server", "server = server.files")
	if a := given(b, "user"); a != nil {
		if roles := l.roles(a); len(roles) == 1 {
			o.Properties[PropUser] = Text(roles[0].String())
		}
	}
	l.setName(b, "server", o, PropServer, KindServer)
	o.Identity.Name = UserMappingName(o.Properties.Text(PropUser), o.Properties.Text(PropServer))
	l.foreignOptions(b, o)
	l.add(o)
}

func (userMappingKind) write(w *writer, o *Object) {
	w.openNamed(o, "")
	if role := o.Properties.Text(PropUser); role != "" {
		w.attribute("user", quoteHCL(role))
	} else {
		w.attribute("user", "PUBLIC")
	}
	w.named(o, "server", PropServer, KindServer)
	w.settings("options", o.Properties[PropOptions])
	w.close()
}
