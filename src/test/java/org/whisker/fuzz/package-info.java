/**
 * Fuzzers over everything that whisker reads: whatever the bytes, a reader returns or throws what a
 * command says in one line, within bounds of memory and time.
 */
@NullMarked
package org.whisker.fuzz;

import org.jspecify.annotations.NullMarked;
