package org.whisker.feature.play;

/**
 * What a request is answered with.
 *
 * @param type its media type
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Answer(int status, String type, byte[] body) {
  static final String JSON = "application/json";
  static final String PNG = "image/png";

  static Answer json(Object value) {
    return new Answer(200, JSON, Json.write(value));
  }

  /** A message. */
  record Message(String error) {}

  static Answer refused(int status, String line) {
    return new Answer(status, JSON, Json.write(new Message(line)));
  }
}
