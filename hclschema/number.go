package hclschema

import (
	"math/big"
	"strconv"
	"strings"

	"github.com/zclconf/go-cty/cty"
)

const (
	// numberPrecision is that of HCL, in bits: some 154 decimal digits.
	numberPrecision = 512
	maxDigits       = 150
	// maxExponent keeps the decimal text of a number short: in bits, some 1,200 decimal places.
	maxExponent = 4096
	// plainDigits is how many places before the point are written out; longer numbers have an exponent.
	plainDigits = 30
)

// literalNumber is the number that source spells, where parsed is what hcl read from it; or the problem with it.
func literalNumber(parsed *big.Float, source []byte) (Number, string) {
	if plainInteger(source) {
		return Number(source), ""
	}
	digits := 0
	for _, c := range source {
		if c >= '0' && c <= '9' {
			digits++
		} else if c == 'e' || c == 'E' {
			break
		}
	}
	if digits > maxDigits {
		return "", "A number can have 150 digits. Write sql(\"…\") to hand longer ones to the database as they are."
	}
	n, ok := numberFrom(parsed)
	if !ok {
		return "", "This number is too large or too small. Write sql(\"…\") to hand it to the database as it is."
	}
	return n, ""
}

// plainInteger tells that the text is a whole number in its canonical form, which nearly all numbers in models are.
func plainInteger(source []byte) bool {
	if len(source) == 0 || len(source) > plainDigits-1 || source[0] == '0' && len(source) > 1 {
		return false
	}
	for _, c := range source {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// numberFrom is the canonical decimal text: digits written out up to thirty places either way, then with an exponent. It
// is not ok for infinities and for numbers whose decimal text would be very long.
func numberFrom(f *big.Float) (n Number, ok bool) {
	if f.IsInf() {
		return "", false
	}
	if exponent := f.MantExp(nil); exponent > maxExponent || exponent < -maxExponent {
		return "", false
	}
	if f.Sign() == 0 {
		return "0", true
	}
	scientific := f.Text('e', -1)
	mark := strings.IndexByte(scientific, 'e')
	exponent, err := strconv.Atoi(scientific[mark+1:])
	if err != nil || exponent >= plainDigits || exponent <= -plainDigits {
		return Number(scientific), err == nil
	}
	return Number(f.Text('f', -1)), true
}

// small is the number as an int64 far from overflow, which nearly all numbers in models are.
func (n Number) small() (i int64, ok bool) {
	if len(n) > 9 {
		return 0, false
	}
	i, err := strconv.ParseInt(string(n), 10, 64)
	return i, err == nil
}

// float is the number to count with.
func (n Number) float() *big.Float {
	f, _, err := big.ParseFloat(string(n), 10, numberPrecision, big.ToNearestEven)
	if err != nil {
		return new(big.Float)
	}
	return f
}

// whole is the number as an int; not ok for fractions and for what doesn't fit.
func (n Number) whole() (i int, ok bool) {
	f := n.float()
	if !f.IsInt() {
		return 0, false
	}
	wide, accuracy := f.Int64()
	if accuracy != big.Exact || int64(int(wide)) != wide {
		return 0, false
	}
	return int(wide), true
}

func (n Number) cty() cty.Value { return cty.NumberVal(n.float()) }
