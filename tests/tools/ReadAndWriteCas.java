import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;
import javax.xml.transform.OutputKeys;
import org.apache.uima.UIMAFramework;
import org.apache.uima.cas.CAS;
import org.apache.uima.cas.impl.XmiCasDeserializer;
import org.apache.uima.cas.impl.XmiCasSerializer;
import org.apache.uima.cas.text.AnnotationFS;
import org.apache.uima.resource.metadata.TypeSystemDescription;
import org.apache.uima.util.CasCreationUtils;
import org.apache.uima.util.XMLInputSource;
import org.apache.uima.util.XMLSerializer;

/** Reads an article by its type system, strictly, prints its annotations with their words, and writes it again. */
public class ReadAndWriteCas {
  /** @param args the type system, the file to read, the file to write, the version of its XML */
  public static void main(String[] args) throws Exception {
    TypeSystemDescription types =
        UIMAFramework.getXMLParser().parseTypeSystemDescription(new XMLInputSource(args[0]));
    CAS cas = CasCreationUtils.createCas(types, null, null);
    try (FileInputStream in = new FileInputStream(args[1])) {
      XmiCasDeserializer.deserialize(in, cas);
    }
    PrintStream said = new PrintStream(System.out, true, "UTF-8");
    for (AnnotationFS each : cas.getAnnotationIndex()) {
      said.println(each.getType().getShortName() + "\t" + each.getCoveredText().replaceAll("\\s", " "));
    }
    try (FileOutputStream out = new FileOutputStream(args[2])) {
      XMLSerializer xml = new XMLSerializer(out, false);
      xml.setOutputProperty(OutputKeys.VERSION, args[3]);
      new XmiCasSerializer(cas.getTypeSystem()).serialize(cas, xml.getContentHandler());
    }
  }
}
