//! axum on tokio, as its documentation shows it, with the routes of every workload that has an
//! axum.rs. Built by the set-up in a folder that holds those files as workloads/*.rs.
//!
//!     axum --host 127.0.0.1 --port 8001
use axum::{routing::get, serve::ListenerExt, Json, Router};
use serde_json::{json, Value};
use tokio::{net::TcpListener, runtime::Handle, signal::unix};

mod workloads {
    use axum::Router;
    include!(concat!(env!("OUT_DIR"), "/workloads.rs"));
}

#[tokio::main]
async fn main() {
    let (host, port) = address().unwrap_or_else(|text| refuse(&text, 2));
    let listener = TcpListener::bind((host.as_str(), port)).await.unwrap_or_else(|error| {
        refuse(&format!("{host}:{port}: {error}: choose another with --port"), 1)
    });
    eprintln!("listening on http://{}", listener.local_addr().unwrap());
    tokio::spawn(exit_when_asked());
    let listener = listener.tap_io(|socket| {
        let _ = socket.set_nodelay(true); // as its documentation advises: off by default
    });
    let router = workloads::routes(Router::new()).route("/__assay__", get(facts));
    axum::serve(listener, router).await.unwrap();
}

fn address() -> Result<(String, u16), String> {
    let (mut host, mut port) = (String::from("127.0.0.1"), 8001);
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or(format!("{name} has no value"))?;
        match name.as_str() {
            "--host" => host = value,
            "--port" => port = value.parse().map_err(|_| format!("{value:?} is not a port"))?,
            _ => return Err(format!("there is no option {name}")),
        }
    }
    Ok((host, port))
}

fn refuse(text: &str, status: i32) -> ! {
    eprintln!("error: {text}");
    std::process::exit(status)
}

async fn exit_when_asked() {
    let mut asked = unix::signal(unix::SignalKind::terminate()).unwrap();
    asked.recv().await;
    std::process::exit(0);
}

async fn facts() -> Json<Value> {
    Json(json!({
        "baseline": "axum",
        "runtime": env!("ASSAY_RUSTC"),
        "workers": Handle::current().metrics().num_workers(),
        "loop": "tokio, multi-threaded",
        "keep_alive": "no limit",
        "packages": packages(include_str!("../Cargo.lock")),
    }))
}

/// What the program was built from, name and version, as the lock has them.
fn packages(lock: &str) -> Value {
    let value = |line: &str, key: &str| Some(line.strip_prefix(key)?.trim_matches('"').to_owned());
    let mut found = serde_json::Map::new();
    let mut name = String::new();
    for line in lock.lines() {
        if let Some(text) = value(line, "name = ") {
            name = text;
        } else if let Some(text) = value(line, "version = ") {
            found.insert(name.clone(), Value::String(text));
        }
    }
    found.remove("assay-axum");
    found.remove("");
    Value::Object(found)
}
