// Package imports holds tests of the direction of imports and of what code below cmd may touch. It has no code of its own.
package imports
