package postgres

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/internal/testserver"
)

// certificate is a self-signed one for a host, with its key.
func certificate(t *testing.T, host string) (cert, key []byte) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: host}, DNSNames: []string{host},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	write := func(kind string, content []byte) []byte {
		var b bytes.Buffer
		if err := pem.Encode(&b, &pem.Block{Type: kind, Bytes: content}); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	return write("CERTIFICATE", der), write("PRIVATE KEY", secret)
}

// A server that wants TLS and a password, whose certificate is made out for localhost.
func TestTLS(t *testing.T) {
	t.Parallel()
	cert, key := certificate(t, "localhost")
	server := testserver.Start(t, testserver.Options{
		Settings: [][2]string{{"ssl", "on"}, {"password_encryption", "scram-sha-256"}, {"ssl_cert_file", "own.crt"}, {"ssl_key_file", "own.key"}},
		Files:    map[string][]byte{"own.crt": cert, "own.key": key},
		HBA:      "local all all trust\nhostssl all postgres 127.0.0.1/32 trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n",
	})
	const password = `p@ss:/?#% '"\`
	if err := server.Exec(`CREATE ROLE "an @:/ user" LOGIN PASSWORD ` + literal(password)); err != nil {
		t.Fatal(err)
	}
	root := t.TempDir()
	if err := os.WriteFile(filepath.Join(root, "ca.pem"), cert, 0o600); err != nil {
		t.Fatal(err)
	}
	const user = "an%20%40%3A%2F%20user:p%40ss%3A%2F%3F%23%25%20%27%22%5C@"
	at := ":" + server.Port() + "/postgres"
	for rest, want := range map[string]string{
		user + "localhost" + at:                                                  "",
		user + "localhost" + at + "?sslmode=require":                             "",
		user + "127.0.0.1" + at + "?sslmode=verify-ca&sslrootcert=ca.pem":        "",
		user + "localhost" + at + "?sslmode=verify-full&sslrootcert=ca.pem":      "",
		user + "127.0.0.1" + at + "?sslmode=verify-full&sslrootcert=ca.pem":      "isn't made out for 127.0.0.1",
		user + "localhost" + at + "?sslmode=verify-full":                         "signed by nobody whom this machine trusts",
		user + "localhost" + at + "?sslmode=disable":                             "no pg_hba.conf entry",
		"an%20%40%3A%2F%20user:wrongQuXz@localhost" + at:                         "password authentication failed",
		user + "localhost" + at + "?sslmode=require&sslrootcert=ca.pem&sslsni=0": "",
		user + "localhost" + at + "?channel_binding=require&sslmode=require":     "",
	} {
		conn, err := Driver{}.Open(t.Context(), "postgresql://"+rest, drivers.OpenOptions{Root: root})
		if err == nil {
			err = conn.Close()
		}
		if want == "" && err != nil {
			t.Errorf("%s: %v", rest, err)
		}
		var unreachable *drivers.UnreachableError
		if want != "" && (!errors.As(err, &unreachable) || !strings.Contains(err.Error(), want) || strings.Contains(err.Error()+unreachable.Check, "QuXz") || strings.Contains(err.Error(), "p@ss")) {
			t.Errorf("%s: %v, want %q", rest, err, want)
		}
	}
}
