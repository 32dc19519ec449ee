package dburl_test

import (
	"fmt"

	"github.com/duo-orm/duo-orm/drivers/dburl"
)

func ExampleRedact() {
	fmt.Println(dburl.Redact("postgresql://app:s3cret@db.example.com/shop?sslmode=require"))
	fmt.Println(dburl.Redact("sqlite:///app.db"))
	// Output:
	// postgresql://app:***@db.example.com/shop?sslmode=require
	// sqlite:///app.db
}
