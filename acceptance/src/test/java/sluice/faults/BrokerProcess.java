package sluice.faults;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import sluice.deploy.EmbeddedKafka;

/** One broker of three, as a process that can be killed. */
public final class BrokerProcess {
    private BrokerProcess() {}

    /**
     * Runs until it is stopped.
     *
     * @param arguments folder, number, entrances as {@code port:advertised} with commas; then the port of each broker's
     *     controller
     */
    public static void main(String[] arguments) throws Exception {
        var entrances = Arrays.stream(arguments[2].split(","))
                .map(each -> each.split(":"))
                .map(each -> new EmbeddedKafka.Entrance(Integer.parseInt(each[0]), Integer.parseInt(each[1])))
                .toList();
        var controllers = IntStream.range(3, arguments.length)
                .boxed()
                .collect(Collectors.toMap(each -> each - 2, each -> Integer.parseInt(arguments[each])));
        var member = new EmbeddedKafka.Member(Integer.parseInt(arguments[1]), entrances, Map.copyOf(controllers));
        var broker = EmbeddedKafka.start(Path.of(arguments[0]), member);
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop"));
        System.out.println("broker ready");
        new CountDownLatch(1).await();
    }
}
