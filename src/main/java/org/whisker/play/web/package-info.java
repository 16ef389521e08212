/**
 * The page of {@code whisker play} and the server behind it: on this machine's loopback address
 * alone, for whoever holds its key. The only user of the JDK's HTTP server.
 */
package org.whisker.play.web;
