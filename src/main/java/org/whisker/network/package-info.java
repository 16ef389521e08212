/**
 * Networks as data: immutable graphs of layers, and what can be derived from them without running
 * them.
 */
package org.whisker.network;
