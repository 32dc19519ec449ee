package hclschema

func runKeys(c *call) Evaluated {
	m, ok := c.mapping(0)
	if !ok {
		return Invalid{}
	}
	keys := make([]Evaluated, len(m.Keys))
	for i, key := range m.Keys {
		keys[i] = String(key)
	}
	return c.sequence(keys)
}

func runValues(c *call) Evaluated {
	m, ok := c.mapping(0)
	if !ok {
		return Invalid{}
	}
	return c.sequence(m.Values)
}

func runLookup(c *call) Evaluated {
	m, ok := c.mapping(0)
	key, isText := c.text(1)
	if !ok || !isText {
		return Invalid{}
	}
	if v, found := m.at(key); found {
		return v
	}
	if len(c.args) == 3 {
		return c.args[2]
	}
	return c.fail(c.places[1], "Unknown key", "The map has no key %q.%s Give lookup() a third argument, the default.", shorten(key), DidYouMean(key, m.Keys))
}

func runMerge(c *call) Evaluated {
	values := map[string]Evaluated{}
	for i := range c.args {
		if same(c.args[i], Null{}) {
			continue
		}
		m, ok := c.mapping(i)
		if !ok {
			return Invalid{}
		}
		for j, key := range m.Keys {
			values[key] = m.Values[j]
		}
	}
	return mappingOf(values)
}

func runZipMap(c *call) Evaluated {
	keys, ok := c.texts(0)
	list, isList := c.list(1)
	if !ok || !isList {
		return Invalid{}
	}
	if len(keys) != len(list.Elements) {
		return c.fail(c.at, "Wrong argument", "zipmap() needs as many values as keys; there are %d keys and %d values.", len(keys), len(list.Elements))
	}
	values := make(map[string]Evaluated, len(keys))
	for i, key := range keys {
		values[key] = list.Elements[i]
	}
	return mappingOf(values)
}

func runToMap(c *call) Evaluated {
	m, ok := c.mapping(0)
	if !ok {
		return Invalid{}
	}
	return m
}

func runToList(c *call) Evaluated {
	list, ok := c.list(0)
	if !ok {
		return Invalid{}
	}
	return list
}

func runToString(c *call) Evaluated { return c.converted("string", "text, a number or a boolean") }
func runToNumber(c *call) Evaluated { return c.converted("number", "a number") }
func runToBool(c *call) Evaluated   { return c.converted("bool", "true or false") }

func (c *call) converted(typ, need string) Evaluated {
	v, problem := convertTo(c.args[0], &variableType{name: typ}, "")
	if problem != "" {
		c.wrong(0, need)
		return Invalid{}
	}
	return v
}

func runSQL(c *call) Evaluated {
	text, ok := c.args[0].(String)
	if !ok {
		c.wrong(0, "text in quotes or a heredoc")
		return Invalid{}
	}
	return RawSQL(text)
}
