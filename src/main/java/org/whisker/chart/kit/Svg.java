package org.whisker.chart.kit;

import java.io.StringReader;
import java.util.Locale;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.helpers.DefaultHandler;

/**
 * A drawing as SVG text. It is inserted into pages unchanged, so it may contain only shapes, text
 * and embedded PNGs: no scripts, style sheets, event handlers or external references.
 *
 * @param text one {@code <svg>} element, without XML declaration
 */
public record Svg(String text) implements Picture {
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

  /**
   * @throws IllegalArgumentException when it is malformed or contains anything else
   */
  public Svg {
    Element root = parse(text);
    if (!root.getTagName().equals("svg") || !text.startsWith("<svg")) {
      throw new IllegalArgumentException("no svg element: <" + root.getTagName() + ">");
    }
    check(root);
  }

  private static Element parse(String text) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
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
      if (n instanceof Element child) {
        check(child);
      }
    }
  }

  private static void check(Node attribute) {
    String name = attribute.getNodeName().toLowerCase(Locale.ROOT);
    String value = attribute.getNodeValue().strip();
    boolean reference = name.equals("href") || name.endsWith(":href");
    boolean outside = reference && !value.startsWith("data:image/png;base64,");
    boolean url = value.contains("url(") && !value.startsWith("url(#");
    if (name.startsWith("on") || outside || url) {
      throw new IllegalArgumentException("SVG with " + name + "=\"" + value + "\"");
    }
  }
}
