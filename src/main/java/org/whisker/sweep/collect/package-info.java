/** How far a sweep is, and its tables. */
package org.whisker.sweep.collect;
