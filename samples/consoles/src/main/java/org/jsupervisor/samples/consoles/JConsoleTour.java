package org.jsupervisor.samples.consoles;

import java.awt.Component;
import java.awt.Container;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.Window;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import javax.swing.JButton;
import javax.swing.JFrame;
import javax.swing.JInternalFrame;
import javax.swing.JLabel;
import javax.swing.JOptionPane;
import javax.swing.JSplitPane;
import javax.swing.JTabbedPane;
import javax.swing.JTextField;
import javax.swing.JTree;
import javax.swing.SwingUtilities;
import javax.swing.text.JTextComponent;
import javax.swing.tree.TreePath;

/**
 * Operates the JDK's own JConsole as a person would: opens the MBeans tab, unfolds the tree, fills
 * in the two fields of {@code restart}, presses the button, and takes a picture of what is shown
 * then.
 *
 * <p>It runs in the JVM of the console, so that it needs nothing but a display; {@code
 * bin/jconsole-picture} starts it with a display in memory.
 */
public final class JConsoleTour {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long LOOK_AGAIN_NANOS = 50_000_000;
  private static final Rectangle FRAME = new Rectangle(0, 0, 1040, 640);
  private static final int TREE_WIDTH = 250;
  private static final int MARGIN = 40;
  private static final List<String> WAY_TO_SERVICE = List.of("org.jsupervisor", "Service", "main");

  private final String service;

  private JConsoleTour(String service) {
    this.service = service;
  }

  /** Arguments: the pid of the host, the service that is restarted, and where the picture goes. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 3) {
      throw new IllegalArgumentException("usage: JConsoleTour PID SERVICE PICTURE");
    }
    Class.forName("sun.tools.jconsole.JConsole")
        .getMethod("main", String[].class)
        .invoke(null, (Object) new String[] {"-interval=1", arguments[0]});
    try {
      System.out.println(new JConsoleTour(arguments[1]).restart(Path.of(arguments[2])));
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1); // the threads of Swing would stay
    }
    System.exit(0);
  }

  private String restart(Path picture) throws Exception {
    JTabbedPane tabs = await("the tab MBeans", () -> shown(JTabbedPane.class, this::hasBeans));
    onScreen(() -> fill(tabs));
    // It tries TLS first, which the JVM's own door for its user does not have.
    JButton plain =
        await("the question", () -> shown(JButton.class, b -> hasText(b, "Insecure connection")));
    onScreen(() -> press(plain));
    JTree tree = await("the tree", () -> shown(JTree.class, any -> true));
    List<String> way = new ArrayList<>(WAY_TO_SERVICE);
    way.addAll(List.of(service, "Operations", "restart"));
    for (int length = 1; length <= way.size(); length++) {
      List<String> part = way.subList(0, length);
      TreePath path = await("the node " + part, () -> node(tree, part));
      onScreen(() -> unfold(tree, path));
    }
    JButton button = await("the button", () -> shown(JButton.class, b -> hasText(b, "restart")));
    onScreen(() -> enter(button, List.of("certificate renewed", "10")));
    onScreen(() -> press(button));
    JOptionPane answer = await("the answer", () -> shown(JOptionPane.class, any -> true));
    String text = onScreen(() -> textOf(answer));
    onScreen(() -> moveAside(answer));
    takePicture(picture);
    return text;
  }

  private boolean hasBeans(JTabbedPane tabs) {
    return tabs.indexOfTab("MBeans") >= 0 && tabs.isEnabledAt(tabs.indexOfTab("MBeans"));
  }

  private static boolean fill(JTabbedPane tabs) throws java.beans.PropertyVetoException {
    Window window = SwingUtilities.getWindowAncestor(tabs);
    window.setBounds(FRAME);
    window.validate();
    if (SwingUtilities.getAncestorOfClass(JInternalFrame.class, tabs) instanceof JInternalFrame f) {
      f.setMaximum(true);
    }
    tabs.setSelectedIndex(tabs.indexOfTab("MBeans"));
    List<JSplitPane> panes = new ArrayList<>();
    collect(tabs, JSplitPane.class, panes);
    panes.forEach(pane -> pane.setDividerLocation(TREE_WIDTH));
    return true;
  }

  /** What the tree shows there, if it does: nodes come as the console learns of them. */
  private static Optional<TreePath> node(JTree tree, List<String> way) {
    TreePath path = new TreePath(tree.getModel().getRoot());
    for (String label : way) {
      Object parent = path.getLastPathComponent();
      Object found = null;
      for (int n = 0; n < tree.getModel().getChildCount(parent); n++) {
        Object child = tree.getModel().getChild(parent, n);
        if (label.equals(label(tree, child))) {
          found = child;
        }
      }
      if (found == null) {
        return Optional.empty();
      }
      path = path.pathByAddingChild(found);
    }
    return Optional.of(path);
  }

  private static String label(JTree tree, Object node) {
    Component drawn =
        tree.getCellRenderer()
            .getTreeCellRendererComponent(tree, node, false, false, false, 0, false);
    return drawn instanceof JLabel text ? String.valueOf(text.getText()) : "";
  }

  private static boolean unfold(JTree tree, TreePath path) {
    tree.expandPath(path);
    tree.setSelectionPath(path);
    tree.scrollPathToVisible(path);
    return true;
  }

  private static boolean enter(JButton button, List<String> values) {
    List<JTextField> fields = new ArrayList<>();
    collect(button.getParent(), JTextField.class, fields);
    if (fields.size() != values.size()) {
      throw new IllegalStateException("restart has " + fields.size() + " fields");
    }
    for (int n = 0; n < values.size(); n++) {
      fields.get(n).setText(values.get(n));
    }
    return true;
  }

  private static boolean press(JButton button) {
    button.doClick();
    return true;
  }

  private static String textOf(JOptionPane pane) {
    List<JTextComponent> texts = new ArrayList<>();
    collect(pane, JTextComponent.class, texts);
    return texts.isEmpty() ? String.valueOf(pane.getMessage()) : texts.get(0).getText();
  }

  /** Without a window manager it lies on what it is the answer to. */
  private static boolean moveAside(JOptionPane answer) {
    Window dialog = SwingUtilities.getWindowAncestor(answer);
    dialog.setLocation(
        FRAME.width - dialog.getWidth() - MARGIN, FRAME.height - dialog.getHeight() - MARGIN);
    return true;
  }

  private static void takePicture(Path file) throws Exception {
    Robot robot = new Robot();
    robot.waitForIdle();
    robot.delay(1_000); // the colours of a number that has changed
    if (!ImageIO.write(robot.createScreenCapture(FRAME), "png", file.toFile())) {
      throw new IOException(file + ": there is no writer for png");
    }
  }

  private static boolean hasText(JButton button, String text) {
    return text.equals(button.getText());
  }

  /** The first component of this kind that is on the screen. */
  private static <T extends Component> Optional<T> shown(Class<T> kind, Predicate<T> condition) {
    List<T> found = new ArrayList<>();
    for (Window window : Window.getWindows()) {
      if (window.isShowing() || window instanceof JFrame) {
        collect(window, kind, found);
      }
    }
    return found.stream().filter(Component::isShowing).filter(condition).findFirst();
  }

  private static <T extends Component> void collect(Component from, Class<T> kind, List<T> found) {
    if (kind.isInstance(from)) {
      found.add(kind.cast(from));
    }
    if (from instanceof Container container) {
      for (Component each : container.getComponents()) {
        collect(each, kind, found);
      }
    }
  }

  private static <T> T await(String what, Callable<Optional<T>> look) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() - deadline < 0) {
      Optional<T> found = onScreen(look);
      if (found.isPresent()) {
        return found.get();
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
    throw new IllegalStateException("JConsole never showed " + what);
  }

  /** On Swing's thread, which owns all that is looked at. */
  private static <T> T onScreen(Callable<T> work) throws InterruptedException, ExecutionException {
    FutureTask<T> task = new FutureTask<>(work);
    SwingUtilities.invokeLater(task);
    return task.get();
  }
}
