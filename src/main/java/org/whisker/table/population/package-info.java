/** Tables of populations of networks. */
package org.whisker.table.population;
