define void @f(i64 %0, float** %1, float* %2, float** %3) #0 {
  %5 = and i64 %0, 15
  %6 = icmp ne i64 %5, 0
  br i1 %6, label %7, label %8

7:                                                ; preds = %4
  tail call void @formulac_remainder_float(i64 %0, float** %1, float* %2, float** %3, void (i64, float**, float*, float**)* @f, i64 16, i64 2, i64 2)
  ret void

8:                                                ; preds = %4
  %9 = icmp eq i64 %0, 0
  br i1 %9, label %10, label %11

10:                                               ; preds = %56, %8
  ret void

11:                                               ; preds = %8
  %12 = getelementptr inbounds float*, float** %3, i64 0
  %13 = load float*, float** %12, align 8
  %14 = getelementptr inbounds float*, float** %3, i64 1
  %15 = load float*, float** %14, align 8
  %16 = getelementptr inbounds float*, float** %1, i64 0
  %17 = load float*, float** %16, align 8
  %18 = getelementptr inbounds float*, float** %1, i64 1
  %19 = load float*, float** %18, align 8
  %20 = getelementptr inbounds float, float* %2, i64 0
  %21 = load float, float* %20, align 4
  %22 = insertelement <8 x float> poison, float %21, i32 0
  %23 = shufflevector <8 x float> %22, <8 x float> poison, <8 x i32> zeroinitializer
  br label %24

24:                                               ; preds = %24, %11
  %25 = phi i64 [ 0, %11 ], [ %54, %24 ]
  %26 = getelementptr inbounds float, float* %17, i64 %25
  %27 = getelementptr inbounds float, float* %26, i64 0
  %28 = bitcast float* %27 to <8 x float>*
  %29 = load <8 x float>, <8 x float>* %28, align 4
  %30 = getelementptr inbounds float, float* %26, i64 8
  %31 = bitcast float* %30 to <8 x float>*
  %32 = load <8 x float>, <8 x float>* %31, align 4
  %33 = getelementptr inbounds float, float* %19, i64 %25
  %34 = getelementptr inbounds float, float* %33, i64 0
  %35 = bitcast float* %34 to <8 x float>*
  %36 = load <8 x float>, <8 x float>* %35, align 4
  %37 = getelementptr inbounds float, float* %33, i64 8
  %38 = bitcast float* %37 to <8 x float>*
  %39 = load <8 x float>, <8 x float>* %38, align 4
  %40 = call <8 x float> @llvm.fma.v8f32(<8 x float> %29, <8 x float> %36, <8 x float> %23)
  %41 = call <8 x float> @llvm.fma.v8f32(<8 x float> %32, <8 x float> %39, <8 x float> %23)
  %42 = fdiv <8 x float> %29, %36
  %43 = fdiv <8 x float> %32, %39
  %44 = getelementptr inbounds float, float* %13, i64 %25
  %45 = getelementptr inbounds float, float* %44, i64 0
  %46 = bitcast float* %45 to <8 x float>*
  store <8 x float> %40, <8 x float>* %46, align 4
  %47 = getelementptr inbounds float, float* %44, i64 8
  %48 = bitcast float* %47 to <8 x float>*
  store <8 x float> %41, <8 x float>* %48, align 4
  %49 = getelementptr inbounds float, float* %15, i64 %25
  %50 = getelementptr inbounds float, float* %49, i64 0
  %51 = bitcast float* %50 to <8 x float>*
  store <8 x float> %42, <8 x float>* %51, align 4
  %52 = getelementptr inbounds float, float* %49, i64 8
  %53 = bitcast float* %52 to <8 x float>*
  store <8 x float> %43, <8 x float>* %53, align 4
  %54 = add i64 %25, 16
  %55 = icmp ult i64 %54, %0
  br i1 %55, label %24, label %56

56:                                               ; preds = %24
  br label %10
}
