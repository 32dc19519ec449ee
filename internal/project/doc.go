// Package project finds a project on disk, reads its configuration and its model files, and makes new projects.
//
// It never connects to a database and never evaluates a model. What it needs of the world (the folder to start from, the
// environment's variables) is given to it. Paths below a project are written with slashes, relative to the project's root,
// and no access leaves the root: links that lead out of it are refused.
package project
