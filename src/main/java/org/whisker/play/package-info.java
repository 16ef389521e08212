/**
 * A classifier that a person paints for: pictures scored as they change, maps and small searches on
 * demand, and the state of it all as text. Knows no HTTP; {@link org.whisker.play.web} serves it to
 * a page.
 */
package org.whisker.play;
