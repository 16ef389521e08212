/**
 * The protocol: which experiments answer why evolved pixels lie where they do, and what their
 * statistics allow to be said.
 */
package org.whisker.explain;
