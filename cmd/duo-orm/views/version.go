package views

// Version is what this program is.
type Version struct {
	Version, Revision, Go, Platform string
}

type versionJSON struct {
	FormatVersion string `json:"format_version"`
	Version       string `json:"version"`
	Revision      string `json:"revision,omitempty"`
	Go            string `json:"go"`
	Platform      string `json:"platform"`
}

// JSON implements Result.
func (v Version) JSON() any {
	return versionJSON{FormatVersion: FormatVersion, Version: v.Version, Revision: v.Revision, Go: v.Go, Platform: v.Platform}
}

// Human implements Result.
func (v Version) Human(p *Printer) {
	p.Line(T("duo-orm "), T(v.Version))
	if v.Revision != "" {
		p.Line(T("revision "), T(v.Revision))
	}
	p.Line(T(v.Go), T(" "), T(v.Platform))
}
