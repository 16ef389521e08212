/** Populations of networks: what of a network goes with where its evolved pixels lie. */
package org.whisker.study.population;
