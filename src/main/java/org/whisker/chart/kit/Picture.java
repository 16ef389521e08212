package org.whisker.chart.kit;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.whisker.value.Checks;
import org.xml.sax.InputSource;
import org.xml.sax.helpers.DefaultHandler;

/** A picture that can be embedded in a page. */
public sealed interface Picture {

  /** The bytes of a PNG file, and its pixel density. */
  final class Png implements Picture {
    private static final byte[] MAGIC = {(byte) 0x89, 'P', 'N', 'G'};
    private static final int WIDTH_AT = 16; // in the header chunk, which comes first
    private final byte[] bytes;
    private final int density;

    public Png(byte[] bytes) {
      this(bytes, 1);
    }

    /**
     * @param density pixels per unit of the page; 2 for drawings rendered at twice their natural
     *     size
     * @throws IllegalArgumentException when the bytes are not a PNG file
     */
    public Png(byte[] bytes, int density) {
      if (density < 1 || bytes.length < WIDTH_AT + 8) {
        throw new IllegalArgumentException(
            "not a PNG: " + bytes.length + " bytes, density " + density);
      }
      for (int i = 0; i < MAGIC.length; i++) {
        Checks.refuse(bytes[i] != MAGIC[i], "not a PNG: %s bytes", bytes.length);
      }
      this.bytes = bytes.clone();
      this.density = density;
    }

    public byte[] bytes() {
      return bytes.clone();
    }

    /** Width in units of the page. */
    public int width() {
      return Math.max(1, ByteBuffer.wrap(bytes).getInt(WIDTH_AT) / density);
    }

    public String dataUri() {
      return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes);
    }
  }

  /**
   * A drawing as SVG text. It is inserted into pages unchanged, so it may contain only shapes, text
   * and embedded PNGs: no scripts, style sheets, event handlers or external references, and nothing
   * that HTML ends elsewhere than XML does, such as comments.
   *
   * @param text one {@code <svg>} element, without XML declaration
   */
  record Svg(String text) implements Picture {
    private static final Set<String> ELEMENTS =
        Set.of(
            "svg",
            "g",
            "defs",
            "clipPath",
            "path",
            "rect",
            "line",
            "circle",
            "ellipse",
            "polygon",
            "polyline",
            "image",
            "text",
            "tspan",
            "title",
            "desc");

    /** What HTML reads as HTML again. */
    private static final Set<String> WORDS = Set.of("title", "desc");

    /** What ends a declaration of a style, or hides a word in it. */
    private static final Pattern UNUSUAL = Pattern.compile("[{}<>@\\\\]|/\\*");

    /**
     * @throws IllegalArgumentException when it is malformed or contains anything else
     */
    public Svg {
      Element root = parse(text);
      if (!root.getTagName().equals("svg") || !text.startsWith("<svg")) {
        throw new IllegalArgumentException("no svg element: <" + root.getTagName() + ">");
      }
      Checks.refuse(
          root.getOwnerDocument().getChildNodes().getLength() > 1, "SVG with more than an element");
      check(root);
    }

    private static Element parse(String text) {
      try {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        var builder = factory.newDocumentBuilder();
        builder.setErrorHandler(new DefaultHandler());
        return builder.parse(new InputSource(new StringReader(text))).getDocumentElement();
      } catch (Exception e) {
        throw new IllegalArgumentException("not SVG: " + e.getMessage(), e);
      }
    }

    private static void check(Element element) {
      if (!ELEMENTS.contains(element.getTagName())) {
        throw new IllegalArgumentException("SVG with a <" + element.getTagName() + "> element");
      }
      NamedNodeMap attributes = element.getAttributes();
      for (int i = 0; i < attributes.getLength(); i++) {
        check(attributes.item(i));
      }
      for (Node n = element.getFirstChild(); n != null; n = n.getNextSibling()) {
        if (n instanceof Element child && !WORDS.contains(element.getTagName())) {
          check(child);
        } else if (n.getNodeType() != Node.TEXT_NODE) {
          throw new IllegalArgumentException("SVG with a " + n.getNodeName());
        }
      }
    }

    private static void check(Node attribute) {
      String name = attribute.getNodeName().toLowerCase(Locale.ROOT);
      String value = attribute.getNodeValue().strip();
      boolean reference = name.equals("href") || name.endsWith(":href");
      boolean outside = reference && !value.startsWith("data:image/png;base64,");
      // a style sheet's words have no case, and may have escapes, in other attributes as well
      String lower = value.toLowerCase(Locale.ROOT);
      boolean hidden = value.contains("\\") && value.contains("(");
      boolean url = hidden || lower.replace("url(#", "").contains("url(");
      boolean rules = name.equals("style") && UNUSUAL.matcher(value).find();
      Checks.refuse(
          name.startsWith("on") || outside || url || rules, "SVG with %s=\"%s\"", name, value);
    }
  }
}
