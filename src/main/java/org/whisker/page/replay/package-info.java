/** The evolution of an image, to be scrubbed through on a page: read from a run's tables. */
package org.whisker.page.replay;
