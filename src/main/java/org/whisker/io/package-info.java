/**
 * Files: CSV (Commons CSV), NPY, JSON, atomic writes, locks, checkpoints as bytes, numbers as text.
 * Knows nothing of images, networks or results.
 */
package org.whisker.io;
