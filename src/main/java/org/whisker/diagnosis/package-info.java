/**
 * Finds by what a network's answers are tied to places: padding, head, strides, pixels that are
 * never read, marks in photos; and decides between these causes.
 */
package org.whisker.diagnosis;
