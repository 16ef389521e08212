package org.whisker.feature.play;

/** What others could try, and what the page asks for, once more: below a path, for a hub. */
class PlayServerBehindProxyTest extends PlayServerTest {
  @Override
  Reach reach() {
    return ReachTest.PROXY;
  }
}
