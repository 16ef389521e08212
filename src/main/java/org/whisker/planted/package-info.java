/** Planted classifiers: formulas whose every cause is known, as experiments intervene on them. */
package org.whisker.planted;
