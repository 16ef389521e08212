package org.whisker.ablation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The key of everything that determines an arm's runs, besides model and seed. */
public final class ArmKey {
  private static final int BYTES = 6;

  private ArmKey() {}

  /** Such as {@code padding-reflect+direct-0a1b2c3d4e5f}. */
  public static String of(AblationArm arm, AblationSetting setting, double target) {
    // options are nested records, so their text identifies them
    String options = arm.change().apply(setting.base()) + " " + arm.margin() + " " + target;
    String seen = arm.variant().label() + "+" + arm.transform().label();
    return seen + "-" + HexFormat.of().formatHex(sha256(options), 0, BYTES);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
