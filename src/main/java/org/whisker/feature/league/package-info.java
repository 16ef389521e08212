/** {@code league}: how many images each search needs until it finds a cat. */
package org.whisker.feature.league;
