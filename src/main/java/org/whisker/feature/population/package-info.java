/** {@code population}: many small networks, and what those with more edge bias have in common. */
package org.whisker.feature.population;
