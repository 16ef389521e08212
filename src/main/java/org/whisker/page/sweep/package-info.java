/** The page of what a sweep has collected. */
package org.whisker.page.sweep;
