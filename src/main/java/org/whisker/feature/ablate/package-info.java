/**
 * {@code ablate}: experiments on one suspected cause at a time, the networks that are trained for
 * them, and their kept runs.
 */
package org.whisker.feature.ablate;
