package postgres

import (
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/postgres/sample"
)

// Sampler implements drivers.Sampling.
func (Driver) Sampler() drivers.Sampler { return sample.Sampler{} }
