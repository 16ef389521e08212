package org.whisker.feature.play;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.whisker.feature.play.PlayModels.ModelChoice;
import org.whisker.image.Canvas;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.image.Tone;
import org.whisker.image.Tones;
import org.whisker.job.InvalidRequestException;
import org.whisker.network.Window.Padding;

/**
 * A {@link PlayState} as text for a link or a command line: letters, digits, {@code -} and {@code
 * _} alone. Grays and colours are kept as 255ths, like those of a PNG.
 */
public final class StateCode {
  private static final int GRAY = 1;
  private static final int COLOURS = 2;
  private static final int MOST_SIDE = 2048;

  /** A text that is longer is none; a canvas of the largest side compresses to less. */
  public static final int MOST_TEXT = 1 << 23;

  private StateCode() {}

  public static String of(PlayState state) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
      Canvas canvas = state.picture().canvas();
      boolean gray = state.picture().planes() == 1 && state.tones().planes() == 1;
      out.writeByte(gray ? GRAY : COLOURS);
      out.writeShort(canvas.width());
      out.writeShort(canvas.height());
      for (Tone tone : List.of(state.tones().background(), state.tones().ink())) {
        out.write(levels(tone.filled(Canvas.square(1), gray ? 1 : PlanarImage.COLOURS)));
      }
      write(out, state.model());
      out.writeBoolean(state.beside().isPresent());
      if (state.beside().isPresent()) {
        write(out, state.beside().get());
      }
      out.write(levels(gray ? state.picture() : state.picture().in(PlanarImage.COLOURS)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  private static void write(DataOutputStream out, ModelChoice choice) throws IOException {
    out.writeUTF(choice.model());
    out.writeUTF(choice.padding().map(Padding::label).orElse(""));
  }

  /**
   * Reads a state.
   *
   * @throws InvalidRequestException for a text that is none
   */
  public static PlayState read(String text) {
    InvalidRequestException.refuse(
        text.length() > MOST_TEXT, "a state has at most " + MOST_TEXT + " characters");
    try (DataInputStream in =
        new DataInputStream(
            new InflaterInputStream(
                new ByteArrayInputStream(Base64.getUrlDecoder().decode(text))))) {
      return read(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidRequestException(
          "the state is damaged or of another version; copy it again, whole");
    }
  }

  private static PlayState read(DataInputStream in) throws IOException {
    int version = in.readUnsignedByte();
    int width = in.readUnsignedShort();
    int height = in.readUnsignedShort();
    if ((version != GRAY && version != COLOURS) || width > MOST_SIDE || height > MOST_SIDE) {
      throw new IOException("version " + version + ", " + width + "x" + height);
    }
    int planes = version == GRAY ? 1 : PlanarImage.COLOURS;
    Tones tones = new Tones(tone(in, planes), tone(in, planes));
    ModelChoice model = choice(in);
    Optional<ModelChoice> beside = in.readBoolean() ? Optional.of(choice(in)) : Optional.empty();
    Canvas canvas = new Canvas(width, height);
    byte[] levels = in.readNBytes(planes * canvas.pixels());
    return new PlayState(picture(canvas, levels), tones, model, beside);
  }

  private static Tone tone(DataInputStream in, int planes) throws IOException {
    return Tone.of(picture(Canvas.square(1), in.readNBytes(planes)), 0);
  }

  private static ModelChoice choice(DataInputStream in) throws IOException {
    String model = in.readUTF();
    String padding = in.readUTF();
    return new ModelChoice(
        model, padding.isEmpty() ? Optional.empty() : Optional.of(Padding.parse(padding)));
  }

  /**
   * All that a page can be opened with again.
   *
   * @param picture what is painted, of any size; it is resized where a model takes another
   * @param tones the colours of the canvas and of the ink
   * @param model by which it is scored
   * @param beside a second model
   */
  public record PlayState(
      PlanarImage picture, Tones tones, ModelChoice model, Optional<ModelChoice> beside) {}

  private static final float WHITE = 255;

  /**
   * Pictures as bytes: one a pixel, row-major, 0 black to 255 white, as in a gray PNG; or three
   * planes of them, of red, green and blue.
   *
   * <p>The picture of these levels.
   *
   * @throws IllegalArgumentException when there are not one or three for each pixel
   */
  public static PlanarImage picture(Canvas canvas, byte[] levels) {
    float[] values = new float[levels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Byte.toUnsignedInt(levels[i]) / WHITE;
    }
    return PlanarImage.of(canvas, values);
  }

  /** The levels of a picture, rounded. */
  public static byte[] levels(Raster picture) {
    float[] values = picture.values();
    byte[] levels = new byte[values.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) Math.round(Math.min(1, Math.max(0, values[i])) * WHITE);
    }
    return levels;
  }
}
