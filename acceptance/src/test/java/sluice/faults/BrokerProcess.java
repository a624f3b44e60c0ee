package sluice.faults;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import sluice.deploy.EmbeddedKafka;

/** One broker of three, as a process that can be killed. */
public final class BrokerProcess {
    private BrokerProcess() {}

    /** @param arguments folder, number, port, advertised port; then the port of each broker's controller */
    public static void main(String[] arguments) throws Exception {
        var ports = IntStream.range(1, arguments.length)
                .map(each -> Integer.parseInt(arguments[each]))
                .toArray();
        var controllers = IntStream.range(3, ports.length)
                .boxed()
                .collect(Collectors.toMap(each -> each - 2, each -> ports[each]));
        var member = new EmbeddedKafka.Member(ports[0], ports[1], ports[2], Map.copyOf(controllers));
        var broker = EmbeddedKafka.start(Path.of(arguments[0]), member);
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop"));
        System.out.println("broker ready");
        new CountDownLatch(1).await();
    }
}
