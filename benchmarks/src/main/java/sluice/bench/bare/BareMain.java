package sluice.bench.bare;

import io.javalin.Javalin;
import io.javalin.http.Context;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import sluice.runtime.NodeSettings;
import sluice.runtime.kafka.KafkaProperties;
import sluice.runtime.settings.Settings;
import sluice.track.http.AcceptQueue;

/**
 * The bare system, in one process as {@code ./sluice up} is: the same Javalin, the same settings of Kafka, Streams and
 * RocksDB, the same hops, partitions, stores and sizes; no rules, no mapping, no JSON, no tokens, no cryptography.
 */
public final class BareMain {
    private final KafkaStreams advancing;
    private final BareLog log;
    private final byte[] answer;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private BareMain(KafkaStreams advancing, BareLog log, byte[] answer) {
        this.advancing = advancing;
        this.log = log;
        this.answer = answer;
    }

    /** @param arguments the HTTP port, then the sizes */
    public static void main(String[] arguments) throws Exception {
        var settings = NodeSettings.from(new Settings(System.getenv()));
        var sizes = Sizes.of(Arrays.copyOfRange(arguments, 1, arguments.length));
        var kafka = new KafkaProperties(settings);
        try (var admin = Admin.create(kafka.client())) {
            BareTopics.create(admin, settings.partitions());
        }
        start(settings, "bare-deciding", BareTopologies.deciding());
        var advancing = start(settings, "bare-advancing", BareTopologies.advancing());
        var log = new BareLog(kafka, sizes);
        new BareMain(advancing, log, new byte[sizes.answer()]).serve(Integer.parseInt(arguments[0]));
        System.out.println("sluice ready: the bare system");
        new CountDownLatch(1).await();
    }

    private static KafkaStreams start(NodeSettings settings, String name, Topology topology)
            throws InterruptedException {
        var folder = settings.dataDirectory().resolve(name);
        var streams = new KafkaStreams(
                topology, new KafkaProperties(settings).streams(name, name, folder, "bare-dead-letters"));
        var running = new CountDownLatch(1);
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING) running.countDown();
        });
        streams.start();
        running.await();
        return streams;
    }

    private void serve(int port) {
        var owner = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.routes.post("/action/{userId}/{key}", this::action);
                })
                .start("127.0.0.1", 0);
        var questions = URI.create("http://127.0.0.1:" + owner.port());
        Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.jetty.modifyServer(AcceptQueue::lengthen);
                    config.routes.post("/users/{userId}/actions/{key}", this::event);
                    config.routes.post("/validate/{userId}/{key}", context -> validate(context, questions));
                })
                .start("127.0.0.1", port);
    }

    /** Track and verify: three hops of the log. */
    private void event(Context context) {
        context.bodyAsBytes();
        var userId = context.pathParam("userId");
        var key = context.pathParam("key");
        context.future(() -> log.publish("bare/" + userId, key).thenAccept(reply -> context.result(answer)));
    }

    /** Validate: a question to the owner of the action, who reads its store. */
    private void validate(Context context, URI owner) {
        context.bodyAsBytes();
        var path = "/action/" + context.pathParam("userId") + "/" + context.pathParam("key");
        var request = HttpRequest.newBuilder(owner.resolve(path))
                .POST(BodyPublishers.ofByteArray(answer))
                .build();
        context.future(
                () -> http.sendAsync(request, BodyHandlers.ofByteArray()).thenAccept(found -> answer(context, found)));
    }

    private void answer(Context context, HttpResponse<byte[]> found) {
        context.status(found.statusCode());
        context.result(answer);
    }

    private void action(Context context) {
        context.bodyAsBytes();
        ReadOnlyKeyValueStore<String, byte[]> store = advancing.store(
                StoreQueryParameters.fromNameAndType(BareTopologies.ACTION, QueryableStoreTypes.keyValueStore()));
        var found = store.get("bare/" + context.pathParam("userId") + "/" + context.pathParam("key"));
        if (found == null) {
            context.status(404);
            return;
        }
        context.result(found);
    }
}
