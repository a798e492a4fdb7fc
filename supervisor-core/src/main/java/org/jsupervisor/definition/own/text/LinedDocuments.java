package org.jsupervisor.definition.own.text;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.DOMImplementation;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.Attributes;
import org.xml.sax.EntityResolver;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Makes documents of elements and text, each element with its line as an attribute. What else XML
 * has is refused, a document type first of all: with it entities would be read from files and URLs.
 * The parser is always that of the JDK.
 */
final class LinedDocuments extends DocumentBuilder {
  /** The attribute with the line; no element may bring it along. */
  static final String LINE = "line";

  private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

  /** Something that is XML, but is not taken. */
  static final class RefusedException extends SAXParseException {
    private static final long serialVersionUID = 1L;

    RefusedException(String rule, Locator at) {
      super(rule, at);
    }
  }

  @Override
  public Document parse(InputSource source) throws SAXException, IOException {
    try {
      SAXParserFactory parsers = SAXParserFactory.newDefaultInstance();
      parsers.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      parsers.setFeature(NO_DOCTYPE, true);
      Content content = new Content(newDocument());
      parsers.newSAXParser().parse(source, content);
      return content.document;
    } catch (ParserConfigurationException e) {
      throw new SAXException(e);
    }
  }

  @Override
  public Document newDocument() {
    try {
      return DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().newDocument();
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public boolean isNamespaceAware() {
    return false;
  }

  @Override
  public boolean isValidating() {
    return false;
  }

  /** There are no entities. */
  @Override
  public void setEntityResolver(EntityResolver unused) {}

  /** Faults are thrown. */
  @Override
  public void setErrorHandler(ErrorHandler unused) {}

  @Override
  public DOMImplementation getDOMImplementation() {
    return newDocument().getImplementation();
  }

  private static final class Content extends DefaultHandler {
    private final Document document;
    private final Deque<Element> open = new ArrayDeque<>();
    private final StringBuilder text = new StringBuilder();
    private @Nullable Locator locator;

    Content(Document document) {
      this.document = document;
    }

    @Override
    public void setDocumentLocator(Locator given) {
      locator = given;
    }

    private SAXParseException refusal(String rule) {
      return locator == null
          ? new SAXParseException(rule, null)
          : new RefusedException(rule, locator);
    }

    @Override
    public void startElement(String uri, String localName, String name, Attributes attributes)
        throws SAXException {
      refuseTextBesideElements();
      // One more than in other formats, for the root.
      if (open.size() > Node.DEPTH_MAX) {
        throw refusal("must not be so deep");
      }
      Element element = document.createElement(name);
      for (int n = 0; n < attributes.getLength(); n++) {
        if (!name.equals("service") || !attributes.getQName(n).equals("name")) {
          throw refusal("must have no attribute but the name of a <service>");
        }
        element.setAttribute("name", attributes.getValue(n));
      }
      element.setAttribute(LINE, locator == null ? "0" : "" + locator.getLineNumber());
      (open.isEmpty() ? document : open.element()).appendChild(element);
      open.push(element);
    }

    private void refuseTextBesideElements() throws SAXException {
      if (!text.toString().isBlank()) {
        throw refusal("must not have text beside elements");
      }
      text.setLength(0);
    }

    @Override
    public void characters(char[] characters, int start, int length) {
      text.append(characters, start, length);
    }

    @Override
    public void endElement(String uri, String localName, String name) throws SAXException {
      Element ended = open.pop();
      if (ended.hasChildNodes()) {
        refuseTextBesideElements();
      }
      ended.appendChild(document.createTextNode(text.toString()));
      text.setLength(0);
    }

    @Override
    public void processingInstruction(String target, String data) throws SAXException {
      throw refusal("must not have processing instructions");
    }

    @Override
    public void error(SAXParseException fault) throws SAXException {
      throw fault;
    }
  }
}
