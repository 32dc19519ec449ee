package postgres

import (
	_ "embed"

	"github.com/duo-orm/duo-orm/hclschema"
)

//go:embed inspect_aggregates.sql
var aggregatesSQL string

// aggregateFunctions are the properties that hold support functions, in the order of the query.
var aggregateFunctions = []string{
	hclschema.PropStateFunc, hclschema.PropFinalFunc, hclschema.PropCombineFunc, hclschema.PropSerialFunc, hclschema.PropDeserialFunc,
	hclschema.PropMovingStateFunc, hclschema.PropMovingInverse, hclschema.PropMovingFinal,
}

// readAggregate takes one aggregate.
func readAggregate(r *reader, scan func(...any) error) error {
	var oid, schema uint32
	var name, comment, result, parallel, kind, state, moving, modify, movingModify string
	var direct, space, movingSpace int
	var initial, movingInitial *string
	var variadic, extra, movingExtra bool
	var functions [][]string
	var operator []string
	var args arguments
	if err := scan(&oid, &schema, &name, &comment, &result, &parallel, &kind, &direct, &variadic, &state, &space, &moving, &movingSpace,
		&initial, &movingInitial, &extra, &movingExtra, &modify, &movingModify, &args.modes, &args.names, &args.types, &args.defaults, &functions, &operator); err != nil {
		return err
	}
	o := r.object(hclschema.Identity{Kind: hclschema.KindAggregate, Schema: r.schema(r.schemas[schema]), Name: hclschema.RoutineName(name, args.inputTypes())}, comment)
	o.Derived = map[string]string{derivedResult: result}
	p := o.Properties
	list := args.list("i", "v")
	if kind == "n" {
		setList(p, hclschema.PropArgs, list)
	} else {
		setList(p, hclschema.PropArgs, list[:direct])
		setList(p, hclschema.PropOrderArgs, list[direct:])
		if variadic && direct == len(list) { // one VARIADIC argument stands on both sides of ORDER BY
			p[hclschema.PropOrderArgs] = list[direct-1:]
		}
	}
	setBool(p, hclschema.PropHypothetical, kind == "h")
	p[hclschema.PropStateType] = text(state)
	if moving != "" {
		p[hclschema.PropMovingStateType] = text(moving)
	}
	for i, function := range functions {
		if function[1] != "" {
			p[aggregateFunctions[i]] = text(r.called(function))
		}
	}
	for name, value := range map[string]*string{hclschema.PropInitialValue: initial, hclschema.PropMovingInitial: movingInitial} {
		if value != nil {
			p[name] = hclschema.Text(*value)
		}
	}
	for name, value := range map[string]int{hclschema.PropStateSize: space, hclschema.PropMovingStateSize: movingSpace} {
		if value != 0 {
			p[name] = hclschema.Int(value)
		}
	}
	setBool(p, hclschema.PropFinalExtra, extra)
	setBool(p, hclschema.PropMovingExtra, movingExtra)
	words := map[string]string{"s": "SHAREABLE", "w": "READ_WRITE"}
	if kind != "n" {
		words = map[string]string{"s": "SHAREABLE", "r": "READ_ONLY"}
	}
	setText(p, hclschema.PropFinalModify, words[modify])
	setText(p, hclschema.PropMovingModify, words[movingModify])
	setText(p, hclschema.PropParallel, map[string]string{"s": "SAFE", "r": "RESTRICTED"}[parallel])
	if operator != nil {
		p[hclschema.PropSortOperator] = text(r.operator(operator))
	}
	return r.add(address{"pg_proc", oid, 0}, o)
}
