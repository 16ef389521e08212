/** Seeded random numbers with a state that a checkpoint can hold. */
package org.whisker.random;
