/**
 * The page of an evolution experiment: its images, climb, maps, and an evolution to scrub through.
 */
package org.whisker.page.evolve;
