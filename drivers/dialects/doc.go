// Package dialects is the one list of the engines that this build knows, by the scheme of a URL and by name.
package dialects
