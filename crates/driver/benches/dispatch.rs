//! How long a call takes from its bytes to the bytes of its answer, over the in-process transport.

#![allow(
    missing_docs,
    reason = "criterion's macros make undocumented functions"
)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a bench that cannot run has nothing to say"
)]

use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use driver::events::Family;
use driver::{Call, Door, Driver, Error, EventHub, Opened, Routes, Target};
use protocol::error::Origin;
use protocol::flags::{ConnectFlags, Tolerant};
use protocol::remote::{
    ConnectOpen, ConnectOpenArgs, DomainGetInfo, DomainGetInfoArgs, DomainGetInfoRet, NonnullDomain,
};
use rpc::client::{Connection, Options};
use rpc::{BoxFuture, Limits};

#[derive(Debug, Default)]
struct Sample {
    events: EventHub,
}

impl Driver for Sample {
    fn name(&self) -> &'static str {
        "Sample"
    }
    fn origin(&self) -> Origin {
        Origin::Test
    }
    fn events(&self) -> &EventHub {
        &self.events
    }
    fn event_families(&self) -> &'static [Family] {
        &[Family::Domain]
    }
    fn open(&self, _: Option<&str>, _: bool) -> Result<Opened, Error> {
        Ok(Opened {
            uri: "sample:///".to_owned(),
        })
    }
    fn is_idle(&self) -> bool {
        true
    }
    fn shutdown(self: Arc<Self>) -> BoxFuture<'static, ()> {
        Box::pin(std::future::ready(()))
    }
}

async fn info(call: Call<Sample>, args: DomainGetInfoArgs) -> Result<DomainGetInfoRet, Error> {
    call.allow(&Target::domain(&args.dom.name, args.dom.uuid))?;
    Ok(DomainGetInfoRet {
        state: 1,
        max_mem: 2,
        memory: 2,
        nr_virt_cpu: 1,
        cpu_time: 3,
    })
}

fn dispatch(criterion: &mut Criterion) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .build()
        .unwrap();
    let client = runtime.block_on(async {
        let mut routes = Routes::new();
        routes.on::<DomainGetInfo>(info);
        let door = Door::new(Arc::new(Sample::default()), routes);
        let (ours, theirs) = rpc::transport::pair();
        tokio::spawn(rpc::serve(theirs, door, Limits::default()));
        let client = Connection::new(ours, Options::default());
        let args = ConnectOpenArgs {
            name: None,
            flags: Tolerant(ConnectFlags::empty()),
        };
        client.call::<ConnectOpen>(&args).await.unwrap();
        client
    });
    let dom = NonnullDomain {
        name: "vm".to_owned(),
        uuid: [1; 16],
        id: 1,
    };
    let args = DomainGetInfoArgs { dom };
    criterion.bench_function("dominfo over the in-process transport", |bencher| {
        bencher.iter(|| {
            runtime
                .block_on(client.call::<DomainGetInfo>(&args))
                .unwrap()
        });
    });
}

criterion_group!(benches, dispatch);
criterion_main!(benches);
