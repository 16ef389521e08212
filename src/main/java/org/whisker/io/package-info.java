/**
 * Files: CSV (Commons CSV), NPY, JSON, atomic writes, locks, checkpoints as bytes, numbers as text.
 * Independent of images, networks and results.
 */
package org.whisker.io;
