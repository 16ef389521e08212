/** {@code diagnose}: is what a network sees tied to places, and by what? */
package org.whisker.feature.diagnose;
