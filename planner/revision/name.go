package revision

import (
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"time"
)

// NewID makes an id of 12 hexadecimal digits.
func NewID(random io.Reader) (string, error) {
	var b [6]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return "", fmt.Errorf("make a revision id: %w", err)
	}
	return hex.EncodeToString(b[:]), nil
}

// maxSlug is how long the words of a file's name get.
const maxSlug = 60

// Slug is a message as the words of a file's name: a–z, 0–9 and _, at most 60; empty where nothing of that is in it.
func Slug(message string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(message) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "_"):
			b.WriteByte('_')
		}
	}
	slug := b.String()
	if len(slug) > maxSlug {
		slug = slug[:maxSlug]
		if cut := strings.LastIndexByte(slug, '_'); cut > maxSlug/2 {
			slug = slug[:cut]
		}
	}
	return strings.Trim(slug, "_")
}

// FileName is <UTC time>_<id>_<slug>.hcl.
func FileName(created time.Time, id, slug string) string {
	name := created.UTC().Format("20060102150405") + "_" + id
	if slug != "" {
		name += "_" + slug
	}
	return name + ".hcl"
}
