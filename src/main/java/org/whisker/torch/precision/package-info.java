/** In which precision a network is scored faster, and whether the ranks stay. */
package org.whisker.torch.precision;
