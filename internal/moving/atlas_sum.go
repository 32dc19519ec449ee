package moving

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

const atlasSumFile = "atlas.sum"

// sumIgnored begins a file that Atlas leaves out of atlas.sum.
var sumIgnored = regexp.MustCompile(`^[ -~]*atlas:sum +ignore(?:\n|$)`)

// sum is what atlas.sum says of a file: a hash of it and of all before it.
type sum struct{ file, hash string }

// atlasSum makes sure that the files are those of which atlas.sum tells, as Atlas does before it runs one. A folder without
// atlas.sum is taken as it is.
func atlasSum(folder fs.FS, _ []Migration) error {
	content, err := fs.ReadFile(folder, atlasSumFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	told, err := readAtlasSum(string(content))
	if err != nil {
		return err
	}
	is, err := atlasSums(folder)
	if err != nil {
		return err
	}
	for i, one := range told {
		switch {
		case i < len(is) && is[i] == one:
			continue
		case i < len(is) && is[i].file == one.file:
			return differs(one.file + " was changed after Atlas wrote its hash into " + atlasSumFile)
		case slices.ContainsFunc(is, func(s sum) bool { return s.file == one.file }):
			return differs(is[i].file + " is not in " + atlasSumFile + ", and comes before " + one.file + " that is")
		}
		return differs(one.file + " is in " + atlasSumFile + ", and there is no such file")
	}
	if len(is) > len(told) {
		return differs(is[len(told)].file + " is not in " + atlasSumFile)
	}
	return nil
}

func differs(reason string) error {
	return &FolderError{Reason: reason, WayOut: "Take the change back; or, where it is meant, run: atlas migrate hash"}
}

// readAtlasSum reads the lines "name h1:hash" behind the first one, which is a hash of them.
func readAtlasSum(content string) (told []sum, err error) {
	lines := strings.Split(strings.TrimRight(strings.ReplaceAll(content, "\r\n", "\n"), "\n"), "\n")
	whole := sha256.New()
	for _, line := range lines[1:] {
		name, hash, found := strings.Cut(line, "h1:")
		if !found {
			return nil, differs(atlasSumFile + " has a line that is none of Atlas': " + line)
		}
		one := sum{strings.TrimSpace(name), hash}
		whole.Write([]byte(one.file + one.hash))
		told = append(told, one)
	}
	if lines[0] != "h1:"+base64.StdEncoding.EncodeToString(whole.Sum(nil)) {
		return nil, differs("the first line of " + atlasSumFile + " isn't the hash of those behind it: it was edited, or merged by hand")
	}
	return told, nil
}

// atlasSums are the lines that Atlas would write: each hash is over the names and contents of all files up to that one.
func atlasSums(folder fs.FS) (is []sum, err error) {
	entries, err := fs.ReadDir(folder, ".")
	if err != nil {
		return nil, err
	}
	hash := sha256.New()
	for _, entry := range entries { // in the order of their names
		if entry.IsDir() || path.Ext(entry.Name()) != ".sql" {
			continue
		}
		content, err := fs.ReadFile(folder, entry.Name())
		if err != nil {
			return nil, err
		}
		hash.Write([]byte(entry.Name()))
		if sumIgnored.Match(content) {
			continue
		}
		hash.Write(content)
		is = append(is, sum{entry.Name(), base64.StdEncoding.EncodeToString(hash.Sum(nil))})
	}
	return is, nil
}
